import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';

import { type ImportRecord, importsQuery, undoImport } from '../../api/imports';
import { booksChanged } from '../../api/stale';
import { formatMoment } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { Resting } from '../../lib/Resting';
import { counted } from '../../lib/words';

export function ImportHistory({ timeZone }: { timeZone: string }) {
  const imports = useInfiniteQuery(importsQuery);
  if (imports.isPending) return <Resting lines={2} label="Fetching your imports" />;
  if (imports.data === undefined)
    return <Failure what="Your imports could not be fetched." error={imports.error} onRetry={() => void imports.refetch()} />;
  const records = imports.data.pages.flatMap((page) => page.data);
  if (records.length === 0) return <p className="quiet nothing-small">Nothing imported yet.</p>;
  return (
    <>
      <ul className="imports">
        {records.map((record) => (
          <ImportItem key={record.id} record={record} timeZone={timeZone} />
        ))}
      </ul>
      {imports.hasNextPage && (
        <Button size="small" type="text" loading={imports.isFetchingNextPage} onClick={() => void imports.fetchNextPage()}>
          Earlier imports
        </Button>
      )}
    </>
  );
}

function ImportItem({ record, timeZone }: { record: ImportRecord; timeZone: string }) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  const undoing = useMutation({
    mutationFn: () => undoImport(record.id),
    onSuccess: ({ undone }) => {
      void booksChanged(queries);
      void message.success(`${counted(undone, 'row')} taken back. The file can be imported again.`);
    },
  });
  const undone = record.undone_at != null;
  return (
    <li className={undone ? 'undone' : undefined}>
      <div>
        <strong title={record.file_name}>{record.file_name}</strong>
        <p className="quiet">
          {`${record.account_name} · `}
          {undone ? 'undone' : counted(record.imported, 'row')}
          {` · ${formatMoment(record.created_at, timeZone)}`}
        </p>
      </div>
      {!undone && (
        <Popconfirm
          title="Undo this import?"
          description={`${counted(record.imported, 'row')} will count nowhere any more.`}
          okText="Undo the import"
          onConfirm={() => undoing.mutate()}
        >
          <Button size="small" loading={undoing.isPending} aria-label={`Undo the import of ${record.file_name}`}>
            Undo
          </Button>
        </Popconfirm>
      )}
      {undoing.isError && <Failure what="The import was not undone." error={undoing.error} />}
    </li>
  );
}
