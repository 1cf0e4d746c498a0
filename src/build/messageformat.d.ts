declare module '@messageformat/core/compile-module.js' {
  import type MessageFormat from '@messageformat/core';

  /** An ES module whose default export holds a function for each message. */
  export default function compileModule(messageformat: MessageFormat, messages: { readonly [key: string]: string }): string;
}
