// Made from `messages/` by `npm run messages`. Do not edit.
import type { Messages } from './types.ts';
export declare const messages: Messages;
