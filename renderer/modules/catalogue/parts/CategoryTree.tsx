import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronRight,
  IconEye,
  IconEyeOff,
  IconPencil,
  IconPlus,
} from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { formatNumber } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import { CategoryForm } from './CategoryForm.tsx';
import classes from './CategoryTree.module.css';
import { type Category, type CategoryRow, categoryRows, rowAfter } from './category-rows.ts';

/** Categories with their item counts; choosing one narrows the list. F2 edits, Insert adds one below. */
export function CategoryTree({
  categories,
  chosen,
  onChoose,
  may_edit,
}: {
  categories: readonly Category[];
  chosen: string | null;
  onChoose: (category_id: Category['category_id'] | null) => void;
  may_edit: boolean;
}) {
  const t = useTexts('catalogue');
  const tree = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [inactive, setInactive] = useState(false);
  const [form, setForm] = useState<{ category: Category | null } | null>(null);
  const rows = categoryRows(categories, open, inactive);
  const at = Math.max(
    0,
    rows.findIndex(({ category }) => (category?.category_id ?? null) === chosen),
  );
  const current = rows[at]?.category ?? null;
  const current_id = current?.category_id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus inside the tree follows what is chosen
  useEffect(() => {
    if (tree.current?.contains(document.activeElement))
      tree.current.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }, [current_id]);
  const setBranch = (id: string, isOpen: boolean) => {
    const next = new Set(open);
    if (isOpen) next.add(id);
    else next.delete(id);
    setOpen(next);
  };
  const go = (to: number) => {
    onChoose(rows[to]?.category?.category_id ?? null);
    tree.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[to]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at];
    const id = row?.category?.category_id;
    if (event.key === 'F2' && may_edit && current) setForm({ category: current });
    else if (event.key === 'Insert' && may_edit) setForm({ category: null });
    else if (event.key === 'ArrowRight' && id && row.has_children && !row.is_open) setBranch(id, true);
    else if (event.key === 'ArrowLeft' && id && row?.is_open) setBranch(id, false);
    else if (/^(Arrow|Home$|End$)/.test(event.key)) go(rowAfter(rows, at, event.key));
    else return;
    event.preventDefault();
  };
  return (
    <nav aria-label={t('list.categories')} className={classes.panel}>
      <Group gap={4} wrap="nowrap" className={classes.bar}>
        <Text size="sm" fw={600} style={{ flex: 1 }}>
          {t('list.categories')}
        </Text>
        {may_edit && (
          <>
            <BarButton label={t('categories.new')} onClick={() => setForm({ category: null })}>
              <IconPlus size={16} aria-hidden />
            </BarButton>
            <BarButton
              label={t('categories.edit')}
              disabled={current === null}
              onClick={() => setForm({ category: current })}
            >
              <IconPencil size={16} aria-hidden />
            </BarButton>
          </>
        )}
        <BarButton
          label={t('categories.show_inactive')}
          pressed={inactive}
          onClick={() => setInactive(!inactive)}
        >
          {inactive ? <IconEye size={16} aria-hidden /> : <IconEyeOff size={16} aria-hidden />}
        </BarButton>
      </Group>
      <div
        ref={tree}
        role="tree"
        aria-label={t('list.categories')}
        className={classes.tree}
        onKeyDown={onKeyDown}
      >
        {rows.map((row, index) => (
          <Branch
            key={row.category?.category_id ?? ''}
            row={row}
            chosen={index === at}
            onChoose={() => go(index)}
            onToggle={() => row.category && setBranch(row.category.category_id, !row.is_open)}
          />
        ))}
      </div>
      {form && (
        <CategoryForm
          category={form.category}
          parent={current}
          categories={categories}
          onClose={() => setForm(null)}
          onSaved={(category_id, parent) => {
            if (parent) setBranch(parent, true);
            onChoose(category_id);
            setForm(null);
          }}
        />
      )}
    </nav>
  );
}

function BarButton(props: {
  label: string;
  onClick: () => void;
  children: ReactNode;
  disabled?: boolean;
  pressed?: boolean;
}) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon
        variant={props.pressed ? 'light' : 'subtle'}
        color="gray"
        aria-label={props.label}
        aria-pressed={props.pressed}
        disabled={props.disabled ?? false}
        onClick={props.onClick}
      >
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}

function Branch({
  row,
  chosen,
  onChoose,
  onToggle,
}: {
  row: CategoryRow;
  chosen: boolean;
  onChoose: () => void;
  onToggle: () => void;
}) {
  const t = useTexts('catalogue');
  const { category, level, has_children, is_open } = row;
  const name = category ? category.category_name : t('list.all_categories');
  const Chevron = is_open ? IconChevronDown : IconChevronRight;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it answers the keys
    <div
      role="treeitem"
      tabIndex={chosen ? 0 : -1}
      aria-level={level}
      aria-selected={chosen}
      {...(has_children && { 'aria-expanded': is_open })}
      className={classes.row}
      style={{ paddingInlineStart: (level - 1) * 16 }}
      data-inactive={(category && !category.is_active) || undefined}
      title={category ? `${category.category_code} ${name}` : undefined}
      onClick={onChoose}
    >
      <span
        className={classes.toggle}
        aria-hidden
        onClick={event => {
          if (!has_children) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {has_children && <Chevron size={14} />}
      </span>
      <span className={classes.name}>
        {category && <span className="figures">{category.category_code} </span>}
        {name}
        {category && !category.is_active && ` (${t('list.inactive')})`}
      </span>
      {category && (
        <Text span size="xs" c="dimmed" className="figures">
          {formatNumber(category.items)}
        </Text>
      )}
    </div>
  );
}
