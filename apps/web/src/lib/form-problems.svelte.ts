import { createContext } from 'svelte';
import { day } from './format.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isControl = (element: Element): element is Control =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;

/** What a form has to be corrected in: what its browser found before it was sent, by the id of the control. */
export class FormProblems {
  readonly form: string;
  found: Record<string, string> = $state({});

  /** @param form the id of the form */
  constructor(form: string) {
    this.form = form;
  }

  /** The id of the control with that name in the form, or of the field that the API calls so; of a list for each of its elements. */
  idOf(name: string): string {
    const control = name.replace(/\.\d+(\.|$).*/, '');
    return `${this.form}-${control.replaceAll(/[^\w-]/g, '-')}`;
  }

  /** Checks every control as its browser would, in the product's own words. @returns whether the form may be sent */
  check(form: HTMLFormElement): boolean {
    const found: Record<string, string> = {};
    const asked = new Set<string>();
    for (const control of [...form.elements].filter(isControl)) {
      const isGroup = control.type === 'radio';
      if (!control.willValidate || control.validity.valid || (isGroup && asked.has(control.name))) continue;
      if (isGroup) asked.add(control.name);
      control.id ||= this.idOf(control.name);
      found[control.id] = problemOf(control);
    }
    this.found = found;
    return Object.keys(found).length === 0;
  }

  /** A value was changed: what was wrong with it is no longer so. */
  changed(target: EventTarget | null): void {
    if (!(target instanceof Element) || !isControl(target)) return;
    const name = target.name;
    const ids =
      target.type === 'radio' ? [...(target.form?.elements ?? [])].filter(isControl).filter((one) => one.name === name) : [target];
    for (const { id } of ids) delete this.found[id];
  }
}

const [getProblems, setProblems, hasProblems] = createContext<FormProblems>();
export { setProblems };

/** The problems of the form around; undefined outside of one. */
export const problemsAround = (): FormProblems | undefined => (hasProblems() ? getProblems() : undefined);

function nameOf(control: Control): string {
  const label = control.labels?.[0]?.textContent ?? control.ariaLabel ?? 'This field';
  return label.replace('(optional)', '').trim();
}

/** What is wrong with a control, as a sentence. A control may say itself what is missing: `data-missing`. */
function problemOf(control: Control): string {
  const { validity } = control;
  if (validity.valueMissing) return control.dataset.missing ?? `${nameOf(control)} is required.`;
  if (validity.typeMismatch && control.type === 'email') return 'Enter an e-mail address such as name@example.com.';
  if (validity.tooShort && 'minLength' in control) return `${nameOf(control)} needs at least ${control.minLength} characters.`;
  if ((validity.rangeUnderflow || validity.rangeOverflow) && control.type === 'date' && 'min' in control)
    return `Choose a date from ${day(control.min)} to ${day(control.max)}.`;
  return control.validationMessage;
}
