import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { categoriesQuery, type Category } from '../../api/categories';
import { Fetched } from '../../lib/Fetched';
import { Link } from '../../lib/Link';
import { addressOf } from '../../lib/queryAddress';
import { counted } from '../../lib/words';
import { CategoryForm } from './CategoryForm';
import { RemoveCategory } from './RemoveCategory';

/** The customer's own tree. A category covers those under it, in budgets and in every answer. */
export function CategoriesEditor() {
  const categories = useQuery(categoriesQuery);
  const [editing, edit] = useState<Category | 'new' | null>(null);
  const [removing, remove] = useState<Category | null>(null);
  return (
    <>
      <p className="bar-line">
        <span className="quiet">A category covers those under it, in budgets and in every answer.</span>
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => edit('new')}>
          New category
        </Button>
      </p>
      <Fetched query={categories} what="Your categories" lines={8}>
        {(found) => (
          <ul className="category-tree card">
            {found.map((category) => (
              <CategoryLine key={category.id} category={category} onEdit={() => edit(category)} onRemove={() => remove(category)} />
            ))}
          </ul>
        )}
      </Fetched>
      <CategoryForm editing={editing} categories={categories.data ?? []} onClose={() => edit(null)} />
      <RemoveCategory category={removing} categories={categories.data ?? []} onClose={() => remove(null)} />
    </>
  );
}

interface LineProps {
  category: Category;
  onEdit: () => void;
  onRemove: () => void;
}

function CategoryLine({ category, onEdit, onRemove }: LineProps) {
  const { name, depth, facts_count: count, fixed } = category;
  return (
    <li style={{ paddingInlineStart: `${(depth - 1) * 26}px` }}>
      <span className={depth === 1 ? 'top-level' : undefined}>{name}</span>
      {count > 0 && (
        <Link className="quiet" href={addressOf({ include: { categories: [name] } })}>
          {counted(count, 'booking')}
        </Link>
      )}
      {!fixed && (
        <span className="line-actions">
          <button type="button" className="link" onClick={onEdit}>
            Change<span className="hidden-words"> {name}</span>
          </button>
          <button type="button" className="link" onClick={onRemove}>
            Remove<span className="hidden-words"> {name}</span>
          </button>
        </span>
      )}
    </li>
  );
}
