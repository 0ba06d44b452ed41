import { FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type SyntheticEvent, useState } from 'react';

import type { Query } from '../../api/books';

interface Props {
  query: Query;
  onQuery: (query: Query) => void;
  onFilter: () => void;
}

/** One box for words of a booking. */
export function SearchBox({ query, onQuery, onFilter }: Props) {
  const [text, setText] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const words = text
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length === 0) return;
    onQuery({ ...query, include: { ...query.include, text: [...new Set([...(query.include?.text ?? []), ...words])] } });
    setText('');
  };
  return (
    <form className="search" role="search" onSubmit={submit}>
      <Input
        id="search"
        aria-label="Search transactions"
        size="large"
        allowClear
        autoComplete="off"
        enterKeyHint="search"
        maxLength={200}
        prefix={<SearchOutlined aria-hidden />}
        placeholder="Search transactions"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button size="large" htmlType="submit">
        Search
      </Button>
      <Button size="large" icon={<FilterOutlined aria-hidden />} aria-haspopup="dialog" onClick={onFilter}>
        Filters
      </Button>
    </form>
  );
}
