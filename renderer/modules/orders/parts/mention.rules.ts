export interface MentionPerson {
  user_id: string;
  full_name: string;
}
export interface OpenMention {
  /** Where the @ stands. */
  start: number;
  typed: string;
}
const LONGEST = 40;

/** The name somebody is typing after an @ that begins a word, left of the caret; null when there is none. */
export function openMention(text: string, caret: number): OpenMention | null {
  const start = text.lastIndexOf('@', caret - 1);
  if (start < 0 || caret - start > LONGEST) return null;
  const isWordBegin = start === 0 || /\s/.test(text[start - 1] ?? '');
  const typed = text.slice(start + 1, caret);
  return isWordBegin && !typed.includes('\n') ? { start, typed } : null;
}

const folded = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Whose name, or a word of it, begins as typed; accents and case do not matter. */
export function matching<P extends MentionPerson>(people: readonly P[], typed: string, most = 8): P[] {
  const wanted = folded(typed);
  return people
    .filter(({ full_name }) => {
      const name = folded(full_name);
      return name.startsWith(wanted) || name.split(/\s+/).some(word => word.startsWith(wanted));
    })
    .slice(0, most);
}

/** The text with the name put in, and where the caret goes. */
export function completed(text: string, caret: number, { start }: OpenMention, full_name: string) {
  const before = `${text.slice(0, start)}@${full_name} `;
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length };
}

/** Everybody whose full name stands behind an @; a name within a longer one does not count. */
export function mentionedIn<P extends MentionPerson>(text: string, people: readonly P[]): P[] {
  const longestFirst = [...people].sort((a, b) => b.full_name.length - a.full_name.length);
  let rest = text;
  return longestFirst.filter(({ full_name }) => {
    const is_mentioned = rest.includes(`@${full_name}`);
    rest = rest.replaceAll(`@${full_name}`, ' ');
    return is_mentioned;
  });
}
