import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { previewImport } from '../../api/imports';
import { type Draft, mappingOf } from './draft';

/** The app's reading of the draft, asked anew whenever the account or the columns change. */
export function usePreview(draft: Draft) {
  const mapping = mappingOf(draft);
  const accountName = draft.accountId === null ? undefined : draft.accountName;
  return useQuery({
    queryKey: ['import-preview', draft.key, mapping, accountName, draft.accountKind, draft.currency],
    queryFn: ({ signal }) =>
      previewImport({ file: draft.file, mapping, accountName, accountKind: draft.accountKind, currency: draft.currency }, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
}
