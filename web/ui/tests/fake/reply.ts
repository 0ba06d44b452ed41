/** Answers as the app gives them: JSON, problem+json, and AG-UI frames of one `data:` line each. */

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

export function problem(status: number, code: string, detail: string, rest: object = {}): Response {
  const body = { type: 'about:blank', title: detail, status, code, detail, request_id: 'req_fake', errors: [], ...rest };
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } });
}

export function events(all: object[], options: { pauseMs?: number; signal?: AbortSignal } = {}): Response {
  const encoder = new TextEncoder();
  const frames = [': ping\r\n\r\n', ...all.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`)];
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      try {
        for (const frame of frames) {
          if (options.signal?.aborted === true) throw new DOMException('stopped', 'AbortError');
          // Frames are cut in the middle: a reader must not take a chunk for an event.
          const cut = Math.floor(frame.length / 2);
          controller.enqueue(encoder.encode(frame.slice(0, cut)));
          if (options.pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, options.pauseMs));
          controller.enqueue(encoder.encode(frame.slice(cut)));
        }
        controller.close();
      } catch (error) {
        controller.error(error);
      }
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
}

/** The events of one answered turn, its text in small pieces. */
export function turnEvents(turn: { id: string; answer: string; tool_calls: { name: string; args: unknown; result: unknown }[] }): object[] {
  const calls = turn.tool_calls.flatMap((call, index) => [
    { type: 'TOOL_CALL_START', toolCallId: `call${index}`, toolCallName: call.name },
    { type: 'TOOL_CALL_ARGS', toolCallId: `call${index}`, delta: JSON.stringify(call.args) },
    { type: 'TOOL_CALL_END', toolCallId: `call${index}` },
    { type: 'TOOL_CALL_RESULT', toolCallId: `call${index}`, messageId: `result${index}`, content: JSON.stringify(call.result) },
  ]);
  const text = (turn.answer.match(/.{1,12}/gs) ?? []).map((delta) => ({ type: 'TEXT_MESSAGE_CONTENT', messageId: turn.id, delta }));
  return [
    { type: 'RUN_STARTED', threadId: 'thread', runId: turn.id },
    ...calls,
    { type: 'TEXT_MESSAGE_START', messageId: turn.id, role: 'assistant' },
    ...text,
    { type: 'TEXT_MESSAGE_END', messageId: turn.id },
    { type: 'CUSTOM', name: 'steward.turn', value: turn },
    { type: 'RUN_FINISHED', threadId: 'thread', runId: turn.id },
  ];
}
