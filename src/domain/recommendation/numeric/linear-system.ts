/** Solves a positive definite system by Gaussian elimination. */
export function solveSystem(matrix: readonly ArrayLike<number>[], right: ArrayLike<number>): number[] {
  const rows = matrix.map((row, index) => [...Array.from(row), right[index]!]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot += 1)
    for (let row = 0; row < size; row += 1) {
      if (row === pivot) continue;
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!;
      if (factor === 0) continue;
      for (let column = pivot; column <= size; column += 1)
        rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  return rows.map((row, index) => row[size]! / row[index]!);
}
