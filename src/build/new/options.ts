/** What `new` takes beside an id. */
export const NEW_OPTIONS = ['--title', '--place', '--at', '--country', '--language', '--zone', '--date'] as const;
