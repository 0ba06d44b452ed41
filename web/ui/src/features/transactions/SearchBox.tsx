import { FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type SyntheticEvent, useState } from 'react';

import type { Query } from '../../api/books';
import { ApiProblem } from '../../api/problem';
import { understandSearch } from '../../api/search';
import { Failure } from '../../lib/Failure';

interface Props {
  onQuery: (query: Query) => void;
  onFilter: () => void;
}

/** Words in, a typed query out: "coffee over 5 last month" becomes chips that can be seen, changed and taken away. */
export function SearchBox({ onQuery, onFilter }: Props) {
  const [text, setText] = useState('');
  const [plain, setPlain] = useState('');
  const searching = useMutation({
    mutationFn: understandSearch,
    onMutate: () => setPlain(''),
    onSuccess: ({ query }) => {
      onQuery({ ...query, measure: query.measure ?? 'movements' });
      setText('');
    },
    onError: (error, words) => {
      // Without its models the app cannot read the words; they are looked for as they stand.
      if (!(error instanceof ApiProblem) || error.status !== 503) return;
      onQuery({ measure: 'movements', include: { text: words.split(/\s+/) } });
      setPlain(words);
      setText('');
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (text.trim() !== '') searching.mutate(text.trim());
  };
  const unread = searching.data?.unread ?? [];
  return (
    <form className="search" role="search" onSubmit={submit}>
      <Input
        id="search"
        aria-label="Search transactions"
        size="large"
        allowClear
        autoComplete="off"
        enterKeyHint="search"
        maxLength={500}
        prefix={<SearchOutlined aria-hidden />}
        placeholder="Search: groceries over 20 in October"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button size="large" htmlType="submit" loading={searching.isPending}>
        Search
      </Button>
      <Button size="large" icon={<FilterOutlined aria-hidden />} aria-haspopup="dialog" onClick={onFilter}>
        Filters
      </Button>
      {unread.length > 0 && (
        <p className="quiet" role="status">
          Not understood: {unread.join(', ')}. The rest is looked for.
        </p>
      )}
      {plain !== '' && (
        <p className="quiet" role="status">
          Looked for as words, since the search that understands them is away.
        </p>
      )}
      {searching.isError && plain === '' && <Failure what="Nothing was looked for." error={searching.error} />}
    </form>
  );
}
