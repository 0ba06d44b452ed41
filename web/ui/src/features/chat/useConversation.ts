import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';

import { startConversation, storedTurns } from '../../api/conversations';
import { ApiProblem } from '../../api/problem';
import { changed, type Exchange, isRunning, stored } from './exchanges';
import { readTurn } from './readTurn';
import { runTurn } from './run';

export interface Conversation {
  id: string | null;
  exchanges: Exchange[];
  busy: boolean;
  loading: boolean;
  error: unknown;
  reload: () => void;
  send: (text: string) => void;
  retry: (exchange: Exchange) => void;
  stop: () => void;
  open: (id: string | null) => void;
}

/** The conversation that is kept for this customer between visits, and what is being said in it now. */
export function useConversation(customerId: string): Conversation {
  const keptAs = `steward.conversation.${customerId}`;
  const [id, setId] = useState(() => localStorage.getItem(keptAs));
  const [live, change] = useReducer(changed, []);
  const running = useRef<AbortController | null>(null);
  const queries = useQueryClient();
  const past = useStoredTurns(id);

  const keep = useCallback(
    (next: string | null) => {
      if (next === null) localStorage.removeItem(keptAs);
      else localStorage.setItem(keptAs, next);
      setId(next);
    },
    [keptAs],
  );

  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(() => stop, [stop]);

  const open = useCallback(
    (next: string | null) => {
      stop();
      change({ type: 'cleared' });
      queries.removeQueries({ queryKey: ['conversation'] });
      keep(next);
    },
    [stop, queries, keep],
  );

  const send = useCallback(
    (text: string) => {
      const key = crypto.randomUUID();
      const abort = new AbortController();
      running.current?.abort();
      running.current = abort;
      change({ type: 'asked', key, question: text });
      const speak = async () => {
        let conversation = id;
        if (conversation === null) {
          conversation = await startConversation();
          if (abort.signal.aborted) return;
          queries.setQueryData(['conversation', conversation], []);
          keep(conversation);
        }
        for await (const event of runTurn(conversation, text, abort.signal)) change({ ...event, key });
      };
      speak()
        .then(() => change({ type: 'ended', key, phase: abort.signal.aborted ? 'stopped' : 'failed' }))
        .catch((problem: unknown) => change({ type: 'ended', key, phase: abort.signal.aborted ? 'stopped' : 'failed', problem }))
        .finally(() => {
          if (id === null) void queries.invalidateQueries({ queryKey: ['conversations'] });
        });
    },
    [id, keep, queries],
  );

  const retry = useCallback(
    (exchange: Exchange) => {
      change({ type: 'dropped', key: exchange.key });
      send(exchange.question);
    },
    [send],
  );

  const gone = past.error instanceof ApiProblem && past.error.status === 404;
  return {
    id,
    exchanges: [...(past.data ?? []), ...live],
    busy: isRunning(live.at(-1)),
    loading: id !== null && past.isPending,
    error: gone ? null : past.error,
    reload: () => void past.refetch(),
    send,
    retry,
    stop,
    open,
  };
}

function useStoredTurns(id: string | null) {
  return useQuery({
    queryKey: ['conversation', id],
    queryFn: async ({ signal }) => (await storedTurns(id ?? '', signal)).map((turn) => stored(readTurn(turn))),
    enabled: id !== null,
    staleTime: Infinity,
    gcTime: Infinity,
  });
}
