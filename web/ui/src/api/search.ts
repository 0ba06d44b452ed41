import type { Query } from './books';
import { client, read } from './client';

export interface Understood {
  query: Query;
  /** Words that nothing could be made of. */
  unread: string[];
}

/** What the words of the search box ask for. */
export async function understandSearch(text: string): Promise<Understood> {
  const { query, unread } = await read(client.POST('/v1/search', { body: { text } }));
  return { query: query, unread };
}
