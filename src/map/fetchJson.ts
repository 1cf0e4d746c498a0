/**
 * Fetching files of our own site. All but the page itself have names that change with their content, so a file that is
 * not there, or is a page in its place, means that the site has been built anew since this page came.
 */
export class GoneError extends Error {}

/** Addresses whose last answer was no use: the browser is told to forget it before it asks again. */
const doubted = new Set<string>();

/** What came from an address turned out to be damaged. */
export function doubt(url: string): void {
  doubted.add(url);
}

/** Fetch JSON. @throws GoneError as above; Error for a network or server that fails, or text that is no JSON */
export async function fetchJson(url: string): Promise<unknown> {
  const response = await ask(url);
  try {
    return await response.json();
  } catch (error) {
    doubt(url);
    throw error;
  }
}

/** Fetch a file as it is. @throws Error as above */
export async function fetchBytes(url: string): Promise<ArrayBuffer> {
  return (await ask(url)).arrayBuffer();
}

async function ask(url: string): Promise<Response> {
  const response = await fetch(url, doubted.has(url) ? { cache: 'reload' } : {});
  doubted.delete(url);
  const { status, headers } = response;
  if (status === 404 || status === 410 || headers.get('Content-Type')?.startsWith('text/html')) {
    doubt(url);
    throw new GoneError(`${url} is gone.`);
  }
  if (!response.ok) throw new Error(`${url} answered ${status}.`);
  return response;
}

/** Load the page anew, view and all, if its server answers: without a network this page is better than none. */
export function reloadIfReachable(): void {
  fetch(location.href, { method: 'HEAD', cache: 'reload' }).then(
    ({ ok }) => ok && location.reload(),
    () => undefined,
  );
}
