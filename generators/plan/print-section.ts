/** A part of the printed plan. A long comment is cut between two of them. */
export interface PlanSection {
  /** Markdown of one line. */
  readonly title: string;
  readonly markdown: string;
}

/** The heading and what stands under it. */
export function sectionText({ title, markdown }: PlanSection): string {
  return `### ${title}\n\n${markdown}\n`;
}

/** All of them, as a document. */
export function sectionsText(sections: readonly PlanSection[]): string {
  return sections.map(sectionText).join('\n');
}
