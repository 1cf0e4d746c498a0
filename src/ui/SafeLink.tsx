import type { ReactNode } from 'react';
import { useSyncExternalStore } from 'react';
import { isRestricted } from './host.ts';

/** The address if it is one that a reader may be sent to: http or https, without a user name; else null. Never throws. */
export function safeUrl(address: string): URL | null {
  try {
    const url = new URL(address);
    return (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === '' ? url : null;
  } catch {
    return null;
  }
}

const never = () => () => undefined;

/** A link to somebody else's page with its host in sight; plain text for any address that is not fit to follow, and in a sandbox that opens no windows. */
export function SafeLink({ address, children }: { address: string; children: ReactNode }) {
  const url = safeUrl(address);
  const restricted = useSyncExternalStore(never, isRestricted, () => false);
  if (!url || restricted)
    return (
      <span>
        {children} ({address})
      </span>
    );
  return (
    <>
      <a href={url.href} rel="noopener noreferrer nofollow" target="_blank">
        {children}
      </a>{' '}
      <span className="host">({url.host})</span>
    </>
  );
}
