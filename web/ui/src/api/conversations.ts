import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { authorisedFetch, client, read } from './client';
import { problemFrom } from './problem';
import type { components } from './schema';

export type ConversationSummary = components['schemas']['Conversation'];

export const conversationsQuery = queryOptions({
  queryKey: ['conversations'],
  queryFn: async ({ signal }) => (await read(client.GET('/v1/conversations', { signal }))).data,
});

export async function startConversation(): Promise<string> {
  return (await read(client.POST('/v1/conversations', { body: {} }))).id;
}

export async function storedTurns(conversationId: string, signal: AbortSignal): Promise<unknown[]> {
  return (await read(client.GET('/v1/conversations/{conversation_id}', { params: { path: { conversation_id: conversationId } }, signal })))
    .turns;
}

/** Asks, and answers with the body of the event stream. */
export async function ask(conversationId: string, text: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const response = await authorisedFetch(
    new Request(new URL(`/v1/conversations/${encodeURIComponent(conversationId)}/turns`, window.location.origin), {
      method: 'POST',
      headers: { Accept: 'text/event-stream', 'Content-Type': 'application/json' },
      body: JSON.stringify({ text }),
      signal,
    }),
  );
  if (!response.ok || response.body === null) throw problemFrom(await response.json().catch(() => null), response);
  return response.body;
}

/** The facts behind one figure, page by page. */
export function figureRowsQuery(conversationId: string, turnId: string, figureId: string) {
  return infiniteQueryOptions({
    queryKey: ['figure-rows', conversationId, turnId, figureId],
    queryFn: ({ pageParam, signal }) =>
      read(
        client.GET('/v1/conversations/{conversation_id}/turns/{turn_id}/figures/{figure_id}/rows', {
          params: {
            path: { conversation_id: conversationId, turn_id: turnId, figure_id: figureId },
            query: pageParam === '' ? {} : { cursor: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : undefined),
    staleTime: Infinity,
  });
}
