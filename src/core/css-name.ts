/** A token's name as a custom property's: `landFocus` → `land-focus`. */
export function cssName(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}
