/** Go to this page in another language, if it names one; the view goes along and no history is made. */
export function goToLanguage(language: string): void {
  if (language === document.documentElement.lang) return;
  const other = [...document.querySelectorAll<HTMLLinkElement>('link[rel="alternate"][hreflang]')].find((l) => l.hreflang === language);
  if (!other?.dataset.here) return;
  const url = new URL(other.dataset.here, location.href);
  const query = new URLSearchParams(location.search);
  query.delete('lang');
  url.search = query.toString();
  url.hash = location.hash;
  location.replace(url.href);
}
