/** Which rows has the user folded or unfolded? */

import * as React from 'react';

/** What the user chose, by the key of the row, and a function that sets it. */
export function useUnfolded(): [
  ReadonlyMap<string, boolean>,
  (row: { readonly key: string }, isUnfolded: boolean | null) => void
] {
  const [unfolded, setUnfolded] = React.useState<ReadonlyMap<string, boolean>>(new Map());
  const set = React.useCallback(
    ({ key }: { readonly key: string }, isUnfolded: boolean | null): void =>
      setUnfolded(before => {
        const now = new Map(before);
        if (isUnfolded === null) {
          now.delete(key);
        } else {
          now.set(key, isUnfolded);
        }
        return now;
      }),
    []
  );
  return [unfolded, set];
}
