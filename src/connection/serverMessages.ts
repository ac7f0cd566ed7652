/** How is a text from the server parsed into a message? */

import type { ServerMessage } from '../protocol';

/** The message in `text`, or null if its kind is unknown. The server checks its own fields. */
export function serverMessageOf(text: string): ServerMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    return isServerMessage(value) ? value : null;
  } catch {
    return null;
  }
}

function isServerMessage(value: unknown): value is ServerMessage {
  const kinds: unknown[] = [
    'details',
    'hello',
    'planned',
    'pong',
    'problems',
    'refused',
    'report'
  ] satisfies ServerMessage['kind'][];
  return (
    typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(value.kind)
  );
}
