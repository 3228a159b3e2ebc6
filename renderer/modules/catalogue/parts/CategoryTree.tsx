import { Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputAt } from '../../../rpc/paths.ts';
import { formatNumber } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import classes from './CategoryTree.module.css';

type Category = OutputAt<'catalogue.categoryTree'>['categories'][number];

/** Categories with their item counts; choosing one narrows the list. */
export function CategoryTree({
  categories,
  chosen,
  onChoose,
}: {
  categories: readonly Category[];
  chosen: string | null;
  onChoose: (category_id: Category['category_id'] | null) => void;
}) {
  const t = useTexts('catalogue');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const childrenOf = (parent: string | null) =>
    categories.filter(c => c.parent_category_id === parent && (c.is_active || c.items > 0));
  const branch = (category: Category, level: number) => {
    const children = childrenOf(category.category_id);
    const isOpen = open.has(category.category_id);
    return (
      <li key={category.category_id}>
        <div
          className={classes.row}
          style={{ paddingInlineStart: level * 14 }}
          data-chosen={chosen === category.category_id || undefined}
        >
          <UnstyledButton
            className={classes.toggle}
            aria-label={t(isOpen ? 'list.close_branch' : 'list.open_branch', {
              name: category.category_name,
            })}
            aria-expanded={isOpen}
            disabled={children.length === 0}
            onClick={() => toggle(category.category_id)}
          >
            {children.length > 0 &&
              (isOpen ? (
                <IconChevronDown size={14} aria-hidden />
              ) : (
                <IconChevronRight size={14} aria-hidden />
              ))}
          </UnstyledButton>
          <UnstyledButton
            className={classes.name}
            aria-pressed={chosen === category.category_id}
            onClick={() => onChoose(category.category_id)}
          >
            <span className="figures">{category.category_code}</span> {category.category_name}
          </UnstyledButton>
          <Text size="xs" c="dimmed" className="figures">
            {formatNumber(category.items)}
          </Text>
        </div>
        {isOpen && <ul className={classes.list}>{children.map(child => branch(child, level + 1))}</ul>}
      </li>
    );
  };
  return (
    <nav aria-label={t('list.categories')} className={classes.tree}>
      <UnstyledButton
        className={classes.all}
        aria-pressed={chosen === null}
        data-chosen={chosen === null || undefined}
        onClick={() => onChoose(null)}
      >
        {t('list.all_categories')}
      </UnstyledButton>
      <ul className={classes.list}>{childrenOf(null).map(category => branch(category, 0))}</ul>
    </nav>
  );
}
