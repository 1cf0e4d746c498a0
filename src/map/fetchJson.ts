/** Fetch JSON of our own site. @throws Error for a status that is not OK, a network that fails, or text that is no JSON */
export async function fetchJson(url: string): Promise<unknown> {
  return (await ask(url)).json();
}

/** Fetch a file of our own site as it is. @throws Error as above */
export async function fetchBytes(url: string): Promise<ArrayBuffer> {
  return (await ask(url)).arrayBuffer();
}

async function ask(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response;
}
