/** Server-sent events out of a byte stream (WHATWG HTML 9.2): the data of each event, in order. */
export async function* eventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      pending += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const { lines, rest } = completeLines(pending, done);
      pending = rest;
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) yield data.join('\n');
          data = [];
        } else if (line.startsWith('data:')) {
          data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
        }
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Lines end by LF, CRLF or CR; a CR at the very end may be half of a CRLF, so it waits for the next bytes. */
function completeLines(text: string, ended: boolean): { lines: string[]; rest: string } {
  const held = !ended && text.endsWith('\r') ? 1 : 0;
  const lines = text.slice(0, text.length - held).split(/\r\n|\n|\r/);
  const rest = (lines.pop() ?? '') + (held === 1 ? '\r' : '');
  return { lines, rest };
}
