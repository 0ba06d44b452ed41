import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';

import type { Account } from '../../api/accounts';
import { importFile, type Imported, type Preview } from '../../api/imports';
import { ApiProblem } from '../../api/problem';
import { booksChanged } from '../../api/stale';
import { Failure } from '../../lib/Failure';
import { parseMoney } from '../../lib/money';
import { Resting } from '../../lib/Resting';
import { counted } from '../../lib/words';
import { AccountChoice } from './AccountChoice';
import { allQuestions, answer, attemptKey, type Draft, mappingOf, obstacle, remap, settle } from './draft';
import { MappingFields } from './MappingFields';
import { PreviewSummary } from './PreviewSummary';
import { Questions } from './Questions';
import { RejectedRows } from './RejectedRows';
import { SampleRows } from './SampleRows';
import { usePreview } from './usePreview';

interface Props {
  draft: Draft;
  accounts: Account[];
  onChange: (draft: Draft) => void;
  onBack: () => void;
  onDone: (imported: Imported) => void;
}

export function CheckStep({ draft, accounts, onChange, onBack, onDone }: Props) {
  const preview = usePreview(draft);
  const importing = useImporting(draft, onDone);
  const raised = importing.error instanceof ApiProblem ? importing.error.questions : [];
  const read = preview.isError ? undefined : preview.data;
  const questions = allQuestions(draft, [...(read?.questions ?? []), ...(read === undefined ? [] : raised)]);
  useSettled(draft, preview.isPlaceholderData ? undefined : read, onChange);
  const hindrance = obstacle(draft, read);
  return (
    <div className="check" aria-busy={preview.isFetching}>
      <p className="file-name">
        <strong>{draft.file.name}</strong>
        <Button type="link" size="small" onClick={onBack}>
          Choose another file
        </Button>
      </p>
      {preview.isPending && <Resting lines={6} label="Reading the file" />}
      {preview.isError && <Failure what="This file could not be read." error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data !== undefined && (
        <>
          {questions.length > 0 && (
            <Questions questions={questions} onAnswer={(question, choice) => onChange(answer(draft, question, choice))} />
          )}
          <AccountChoice draft={draft} accounts={accounts} firstOn={preview.data.first_on} onChange={onChange} />
          {preview.data.columns.length > 0 && (
            <MappingFields
              columns={preview.data.columns}
              mapping={{ ...preview.data.guess, ...draft.changes }}
              guessed={preview.data.guess !== null}
              onChange={(changes) => onChange(remap(draft, changes))}
            />
          )}
          {read !== undefined && read.questions.length === 0 && (
            <>
              <PreviewSummary preview={read} currency={draft.currency} />
              <SampleRows rows={read.rows} rowsCount={read.rows_count} currency={draft.currency} />
              <RejectedRows rejected={read.rejected} />
            </>
          )}
        </>
      )}
      {importing.isError && <Failure what="Nothing was imported." error={importing.error} />}
      <footer className="import-footer">
        <Button type="primary" size="large" disabled={hindrance !== ''} loading={importing.isPending} onClick={() => importing.mutate()}>
          {read === undefined || read.questions.length > 0 ? 'Import' : `Import ${counted(read.rows_count - read.duplicates, 'row')}`}
        </Button>
        <span className="quiet" role="status">
          {hindrance}
        </span>
      </footer>
    </div>
  );
}

/** Once for each reading: what the person then chooses against it stands. */
function useSettled(draft: Draft, read: Preview | undefined, onChange: (draft: Draft) => void) {
  const settledFor = useRef<string | null>(null);
  useEffect(() => {
    const account = read?.account?.label;
    if (read === undefined || account === undefined || settledFor.current === account) return;
    settledFor.current = account;
    const settled = settle(draft, read);
    if (settled !== draft) onChange(settled);
  }, [draft, read, onChange]);
}

function useImporting(draft: Draft, onDone: (imported: Imported) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      importFile(
        {
          file: draft.file,
          accountName: draft.accountName.trim(),
          accountKind: draft.accountKind,
          currency: draft.currency,
          mapping: mappingOf(draft),
          openingBalanceMinor: draft.opening.trim() === '' ? undefined : (parseMoney(draft.opening, draft.currency) ?? undefined),
        },
        attemptKey(draft),
      ),
    onSuccess: (imported) => {
      void booksChanged(queries);
      onDone(imported);
    },
  });
}
