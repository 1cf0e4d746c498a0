/**
 * The frame's side of the channel: it listens to its parent alone, and tells it height, selection and faults. Heights
 * are also said in the dialects of common hosts. Nothing that is sent is secret, so it goes to whatever page is around.
 */
import type { FrameMessage, HostMessage } from './protocol.ts';
import { readHostMessage, sealed } from './protocol.ts';

/** What a host's own script put into the frame's address. */
interface Marks {
  /** WordPress: from the hash, behind a `?`. */
  readonly secret: string | null;
  /** pym.js: from the query. */
  readonly childId: string | null;
}

export interface Channel {
  readonly send: (message: FrameMessage) => void;
  /** Tell the host a height in CSS px; the same height is told once. */
  readonly resize: (height: number) => void;
  /** Ask WordPress, the only host that would, to go to an address of our own. False where it is not the host. */
  readonly askToLeave: (address: string) => boolean;
}

/** Read the marks before the page rewrites its hash. */
export function readMarks(address: string): Marks {
  const url = new URL(address);
  const childId = url.searchParams.get('childId');
  return {
    secret: /\?(?:.*&)?secret=([A-Za-z0-9]{1,32})(?:&|$)/.exec(url.hash)?.[1] ?? null,
    childId: childId !== null && /^[\w-]{1,64}$/.test(childId) ? childId : null,
  };
}

/** Open the channel to the page around this one. @param onMessage told of every well-formed message of the parent */
export function openChannel(marks: Marks, onMessage: (message: HostMessage) => void): Channel {
  const post = (message: unknown) => window.parent.postMessage(message, '*');
  let told = 0;
  window.addEventListener('message', (e) => {
    if (e.source !== window.parent) return;
    const message = readHostMessage(e.data);
    if (message) onMessage(message);
  });
  return {
    send: (message) => post(sealed(message)),
    resize(height) {
      const whole = Math.ceil(height);
      if (whole === told || whole <= 0) return;
      told = whole;
      post(sealed({ type: 'resize', height: whole }));
      for (const dialect of dialects(marks, whole)) post(dialect);
    },
    askToLeave(address) {
      if (marks.secret === null) return false;
      post({ message: 'link', value: address, secret: marks.secret });
      return true;
    },
  };
}

/** A height as other hosts expect it. */
function dialects({ secret, childId }: Marks, height: number): unknown[] {
  const src = location.href;
  return [
    { sentinel: 'amp', type: 'embed-size', height },
    JSON.stringify({ src, context: 'iframe.resize', height }), // Embedly, Flourish
    JSON.stringify({ method: 'resize', height }), // Iframely
    ...(secret === null ? [] : [{ message: 'height', value: height, secret }]),
    ...(childId === null ? [] : [`pymxPYMx${childId}xPYMxheightxPYMx${height}`]),
  ];
}
