declare module '@messageformat/core/compile-module.js' {
  import type MessageFormat from '@messageformat/core';

  interface Messages {
    readonly [key: string]: string | Messages;
  }

  /** An ES module whose default export holds a function for each message, nested as the messages are. */
  export default function compileModule(messageformat: MessageFormat, messages: Messages): string;
}
