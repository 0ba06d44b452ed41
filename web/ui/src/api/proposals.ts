import { queryOptions } from '@tanstack/react-query';

import { client, read } from './client';
import type { components } from './schema';

export type StoredProposal = components['schemas']['ProposalCell'];

/** A proposal as it stands now: the chat shows it as it was written down, this says what became of it. */
export const proposalQuery = (proposalId: string) =>
  queryOptions({
    queryKey: ['proposals', proposalId],
    queryFn: ({ signal }) => read(client.GET('/v1/proposals/{proposal_id}', { params: { path: { proposal_id: proposalId } }, signal })),
  });

/** Carries it out, if it still says what the person was shown. */
export function confirmProposal(proposalId: string, shownSha256: string): Promise<StoredProposal> {
  const path = { proposal_id: proposalId };
  const body = { arguments_sha256: shownSha256 === '' ? null : shownSha256 };
  return read(client.POST('/v1/proposals/{proposal_id}/confirm', { params: { path }, body }));
}

export function cancelProposal(proposalId: string): Promise<StoredProposal> {
  return read(client.POST('/v1/proposals/{proposal_id}/cancel', { params: { path: { proposal_id: proposalId } } }));
}
