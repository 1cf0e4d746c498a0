/** Fetch JSON of our own site. @throws Error for a status that is not OK, a network that fails, or text that is no JSON */
export async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response.json();
}
