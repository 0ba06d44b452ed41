import { expect, test } from 'vitest';

import { eventData } from './eventStream';

const STREAM = ': ping\r\n\r\nevent: x\r\ndata: {"a":\r\ndata: "é"}\r\n\r\ndata:2\n\ndata: never dispatched';

async function readInChunksOf(bytes: number): Promise<string[]> {
  const all = new TextEncoder().encode(STREAM);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < all.length; at += bytes) controller.enqueue(all.slice(at, at + bytes));
      controller.close();
    },
  });
  const data: string[] = [];
  for await (const one of eventData(body)) data.push(one);
  return data;
}

test.each([1, 2, 3, 7, 1000])('events are whole whatever the chunks: %d bytes at a time', async (bytes) => {
  expect(await readInChunksOf(bytes)).toEqual(['{"a":\n"é"}', '2']);
});
