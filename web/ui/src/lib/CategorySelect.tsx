import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';

import { categoriesQuery } from '../api/categories';

interface Props {
  label: string;
  value?: string | null;
  onChange?: (category: string) => void;
  id?: string;
  size?: 'small' | 'middle' | 'large';
  placeholder?: string;
  disabled?: boolean;
  className?: string;
}

/** One category out of the customer's tree, found by typing. */
export function CategorySelect({ label, value, onChange, ...rest }: Props) {
  const categories = useQuery(categoriesQuery);
  return (
    <Select<string>
      {...rest}
      aria-label={label}
      showSearch={{ optionFilterProp: 'title' }}
      placeholder={rest.placeholder ?? 'Choose a category'}
      loading={categories.isPending}
      value={value ?? null}
      onChange={(chosen) => onChange?.(chosen)}
      popupMatchSelectWidth={280}
      options={(categories.data ?? []).map(({ name, depth }) => ({
        value: name,
        title: name,
        label: <span style={{ paddingInlineStart: `${(depth - 1) * 16}px` }}>{name}</span>,
      }))}
      labelRender={({ value: chosen }) => chosen}
      notFoundContent={categories.isError ? 'The categories could not be fetched.' : 'No such category.'}
    />
  );
}
