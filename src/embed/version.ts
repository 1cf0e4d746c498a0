/** Version of the loader. Its immutable copy carries it in its name: any change of the built file wants a new one. */
export const LOADER_VERSION = '1.1.0';
