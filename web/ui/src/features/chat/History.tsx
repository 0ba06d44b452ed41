import { HistoryOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Popover } from 'antd';
import { useState } from 'react';

import { conversationsQuery } from '../../api/conversations';
import { formatMoment } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { Resting } from '../../lib/Resting';

interface Props {
  current: string | null;
  timeZone: string;
  onOpen: (id: string | null) => void;
}

/** A new conversation, or an earlier one. */
export function History({ current, timeZone, onOpen }: Props) {
  const [open, setOpen] = useState(false);
  const choose = (id: string) => {
    setOpen(false);
    onOpen(id);
  };
  return (
    <div className="history">
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomRight"
        content={<Earlier current={current} timeZone={timeZone} onChoose={choose} />}
      >
        <Button type="text" icon={<HistoryOutlined aria-hidden />} aria-expanded={open}>
          <span className="label">Earlier</span>
        </Button>
      </Popover>
      <Button icon={<PlusOutlined aria-hidden />} onClick={() => onOpen(null)} disabled={current === null}>
        <span>
          New<span className="label"> conversation</span>
        </span>
      </Button>
    </div>
  );
}

function Earlier({ current, timeZone, onChoose }: { current: string | null; timeZone: string; onChoose: (id: string) => void }) {
  const list = useQuery(conversationsQuery);
  if (list.isPending) return <Resting lines={3} label="Fetching earlier conversations" />;
  if (list.isError)
    return <Failure what="Earlier conversations could not be fetched." error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data.length === 0) return <p className="quiet">No earlier conversations.</p>;
  return (
    <ul className="earlier">
      {list.data.map(({ id, opening, created_at: createdAt }) => (
        <li key={id}>
          <button type="button" aria-current={id === current} onClick={() => onChoose(id)}>
            <span>{opening ?? 'Nothing said yet'}</span>
            <small>{formatMoment(createdAt, timeZone)}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}
