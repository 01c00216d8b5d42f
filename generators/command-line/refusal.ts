/** The command cannot do what was asked; the message names what is wrong and the fix. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
