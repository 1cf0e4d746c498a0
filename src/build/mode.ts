/** A built site is made with React's own build for production, which renders several times faster. Imported before React is. */
if (!['dev', undefined].includes(process.argv[2])) process.env.NODE_ENV ??= 'production';
