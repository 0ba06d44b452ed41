import type { ColumnRef, Mapping } from '../../api/imports';

/** The columns to choose from: by header where it is the only one of its name, else by place. */
export function columnOptions(columns: readonly string[]): { value: ColumnRef; label: string }[] {
  return columns.map((header, index) => {
    const unique = header.trim() !== '' && columns.indexOf(header) === columns.lastIndexOf(header);
    return { value: unique ? header : index, label: header.trim() === '' ? `Column ${index + 1}` : header };
  });
}

/** The columns that a field names, as the options name them. */
export function chosenColumns(columns: readonly string[], field: Mapping[string]): ColumnRef[] {
  const options = columnOptions(columns);
  const named: unknown[] = Array.isArray(field) ? field : [field];
  return named.flatMap((column) => {
    if (typeof column === 'number') return options.slice(column, column + 1).map(({ value }) => value);
    return typeof column === 'string' && column !== '' ? [column] : [];
  });
}

export function columnLabel(columns: readonly string[], field: Mapping[string]): string {
  const options = columnOptions(columns);
  return chosenColumns(columns, field)
    .map((chosen) => options.find(({ value }) => value === chosen)?.label ?? String(chosen))
    .join(' + ');
}
