import { isDeepStrictEqual } from 'node:util';
import type { Disagreement, Outcome, Trial } from './trial';
import { validatedText, type Validated } from './validated';
import { verdictsOf } from './vivace';

/** class-validator refuses every object of a class without decorators: packages/vivace/tests/differential/deviations.ts. */
const UNDECORATED = 'a class needs no decorator';

/** Verdicts of Vivace, and of class-validator over what class-transformer made. */
export class ComparedVerdicts implements Trial<Validated> {
  async tryAll(all: readonly Validated[]): Promise<Outcome<Validated>> {
    const verdicts = await verdictsOf(all);
    const disagreements: Disagreement<Validated>[] = [];
    const deliberate = new Map<string, number>();
    let compared = 0;
    for (const [index, subject] of all.entries())
      for (const [at, { ours, theirs }] of verdicts[index]!.entries()) {
        compared += 1;
        if (isDeepStrictEqual(ours, theirs)) continue;
        if (theirs.some((place) => place.endsWith('undefined'))) {
          deliberate.set(UNDECORATED, (deliberate.get(UNDECORATED) ?? 0) + 1);
          continue;
        }
        const alone = { ...subject, values: [subject.values[at]!] };
        const differences = [{ path: 'places', ours, theirs }];
        disagreements.push({ subject: alone, differences, ours, theirs });
      }
    return { compared, disagreements, deliberate };
  }

  *smaller(whole: Validated): Iterable<readonly Validated[]> {
    const subject = pruned(whole);
    const { classes } = subject;
    // class-validator refuses all values of a class without decorators.
    yield classes.flatMap(({ members, ...one }, at) =>
      (members.length === 1 ? [] : members).flatMap(({ name }, index) =>
        // Conditions look at it, and Vivace copies nothing that is not declared.
        name === 'n0'
          ? []
          : [
              {
                ...subject,
                classes: classes.with(at, { ...one, members: members.toSpliced(index, 1) }),
              },
            ],
      ),
    );
    yield classes.flatMap(({ members, ...one }, at) =>
      members.flatMap((member, index) =>
        member.decorators.flatMap((decorator, which) => {
          // Without these the rules of a class count for nothing: deviations.ts has it.
          if (/^@(Type|cv\.ValidateNested|cv\.Allow)\b/.test(decorator)) return [];
          const decorators = member.decorators.toSpliced(which, 1);
          const changed = members.with(index, { ...member, decorators });
          return [{ ...subject, classes: classes.with(at, { ...one, members: changed }) }];
        }),
      ),
    );
  }

  text(subject: Validated): string {
    return [validatedText(subject), ...subject.values.map((value) => JSON.stringify(value))].join(
      '\n',
    );
  }
}

/** Without classes that no other names. */
function pruned({ classes, values }: Validated): Validated {
  const names = new Set([classes.at(-1)!.name]);
  for (const { name, base, members } of classes.toReversed()) {
    if (!names.has(name)) continue;
    if (base !== undefined) names.add(base);
    for (const { type } of members)
      for (const { name } of classes) if (type.split(/\W/).includes(name)) names.add(name);
  }
  return { classes: classes.filter(({ name }) => names.has(name)), values };
}
