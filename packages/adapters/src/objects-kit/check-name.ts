import { ObjectRefusal } from '@plimsoll/ports';

const part = /^[A-Za-z0-9_=-][A-Za-z0-9._=-]*$/;
const longest = 900;

/** Refuses whatever is not a name by the rules of the port, so that no name leads out of the store. */
export function checkName(name: string): void {
  if (name.length <= longest && name.split('/').every((one) => part.test(one))) return;
  throw new ObjectRefusal({
    code: 'objects.invalid-name',
    detail: `${JSON.stringify(name.slice(0, 100))} is not a name for a file: parts between slashes have letters, digits, ".", "_", "=" and "-" and do not begin with a dot, at most ${longest} characters in all.`,
  });
}
