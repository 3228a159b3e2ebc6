import { Fragment } from 'react';
import type { BuildFacts } from '../../../preload/contract/document-data.ts';
import type { DocumentTexts } from '../document-texts.ts';

type Answer = BuildFacts['answers'][number];
interface Section {
  name: string;
  label: Answer['section_label'];
  answers: Answer[];
}

/** The answers of a build in words, by section and row. */
export function ConfigurationTable({ answers, texts }: { answers: readonly Answer[]; texts: DocumentTexts }) {
  return (
    <table>
      <thead>
        <tr>
          <th style={{ width: '24%' }}>{texts.t('configuration.part')}</th>
          <th style={{ width: '34%' }}>{texts.t('configuration.question')}</th>
          <th>{texts.t('configuration.answer')}</th>
        </tr>
      </thead>
      <tbody>
        {sectionsOf(answers).map(section => (
          <Fragment key={section.name}>
            {section.answers.map((answer, i) => {
              const part = partOf(answer, section.answers[i - 1], texts);
              return (
                <tr key={answer.path} className={part === '' ? 'goes-on' : undefined}>
                  <td>{part}</td>
                  <td>{texts.of(answer.label)}</td>
                  <td className="item">{texts.of(answer.value_label)}</td>
                </tr>
              );
            })}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

const nameOf = (answer: Answer, texts: DocumentTexts): string =>
  texts.of(answer.row_label ?? answer.section_label);
/** Said once per section or row, as a reader expects. */
function partOf(answer: Answer, before: Answer | undefined, texts: DocumentTexts): string {
  const own = nameOf(answer, texts);
  return before && nameOf(before, texts) === own ? '' : own;
}

function sectionsOf(answers: readonly Answer[]): Section[] {
  const sections = new Map<string, Section>();
  for (const answer of answers) {
    const section = sections.get(answer.section) ?? {
      name: answer.section,
      label: answer.section_label,
      answers: [],
    };
    section.answers.push(answer);
    sections.set(answer.section, section);
  }
  return [...sections.values()];
}
