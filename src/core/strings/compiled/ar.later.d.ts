// Made from `messages/` by `npm run messages`. Do not edit.
import type { LaterMessages } from './types.ts';
export declare const messages: LaterMessages;
