/** What ALS leaves behind: the readers' factors are solved from these when they are needed. */
export interface ItemFactors {
  dim: number;
  /** α0, weight of an unobserved pair. */
  alpha: number;
  lambda: number;
  /** How many items the α0 term of a reader's regularisation counts. */
  trainedItems: number;
  /** items × dim. */
  values: Float32Array;
  /** α0 · YᵀY, dim × dim. */
  gram: Float64Array;
}

const FOLD_IN_STEPS = 6;

/** Factors of readers that are known by their items only; the items' factors stay as they are. */
export class FoldIn {
  private readonly solver: RowSolver;

  constructor(private readonly factors: ItemFactors) {
    this.solver = new RowSolver(factors.dim);
    this.solver.gram = factors.gram;
  }

  /** Writes the least-squares factor for items with these confidences into `factor`. */
  solve(factor: Float32Array, items: Uint32Array, confidence: Float32Array): void {
    factor.fill(0);
    const { lambda, alpha, trainedItems, values } = this.factors;
    const ridge = lambda * (items.length + alpha * trainedItems);
    this.solver.solve(factor, values, items, confidence, ridge, FOLD_IN_STEPS);
  }
}

/** The vector times one row of a matrix whose rows are as long. */
export function dotRow(vector: Float32Array, matrix: Float32Array, row: number): number {
  const base = row * vector.length;
  let dot = 0;
  for (let k = 0; k < vector.length; k += 1) dot += vector[k]! * matrix[base + k]!;
  return dot;
}

/** The vector times some rows of the matrix, into `out`: four at a time, for each sum waits for its own last addition. */
export function dotRows(
  vector: Float32Array,
  matrix: Float32Array,
  rows: Uint32Array,
  length: number,
  out: Float64Array,
): void {
  const dim = vector.length;
  let index = 0;
  for (; index + 3 < length; index += 4) {
    const [a, b] = [rows[index]! * dim, rows[index + 1]! * dim];
    const [c, d] = [rows[index + 2]! * dim, rows[index + 3]! * dim];
    let [s, t, u, w] = [0, 0, 0, 0];
    for (let k = 0; k < dim; k += 1) {
      const value = vector[k]!;
      s += value * matrix[a + k]!;
      t += value * matrix[b + k]!;
      u += value * matrix[c + k]!;
      w += value * matrix[d + k]!;
    }
    out[index] = s;
    out[index + 1] = t;
    out[index + 2] = u;
    out[index + 3] = w;
  }
  for (; index < length; index += 1) out[index] = dotRow(vector, matrix, rows[index]!);
}

/** scale · MᵀM of a matrix with rows of `dim`. */
export function gramOf(matrix: Float32Array, dim: number, scale: number): Float64Array {
  const gram = new Float64Array(dim * dim);
  for (let base = 0; base < matrix.length; base += dim)
    for (let row = 0; row < dim; row += 1) {
      const value = matrix[base + row]!;
      if (value === 0) continue;
      const offset = row * dim;
      for (let column = row; column < dim; column += 1)
        gram[offset + column]! += value * matrix[base + column]!;
    }
  for (let row = 0; row < dim; row += 1)
    for (let column = row; column < dim; column += 1) {
      gram[row * dim + column]! *= scale;
      gram[column * dim + row] = gram[row * dim + column]!;
    }
  return gram;
}

/** Conjugate gradients on (gram + Σ c y yᵀ + ridge) x = Σ c y, started from the x that is there. */
export class RowSolver {
  gram: Float64Array = new Float64Array(0);
  private readonly residual: Float64Array;
  private readonly direction: Float64Array;
  private readonly image: Float64Array;
  private readonly solution: Float64Array;

  constructor(private readonly dim: number) {
    this.residual = new Float64Array(dim);
    this.direction = new Float64Array(dim);
    this.image = new Float64Array(dim);
    this.solution = new Float64Array(dim);
  }

  solve(
    target: Float32Array,
    other: Float32Array,
    rows: Uint32Array,
    weights: Float32Array,
    ridge: number,
    steps: number,
  ): void {
    const { dim, residual, direction, image, solution } = this;
    solution.set(target);
    this.apply(solution, residual, other, rows, weights, ridge, 1);
    let norm = 0;
    for (let k = 0; k < dim; k += 1) {
      direction[k] = residual[k]!;
      norm += residual[k]! * residual[k]!;
    }
    for (let step = 0; step < steps && norm > 1e-12; step += 1) {
      this.apply(direction, image, other, rows, weights, ridge, 0);
      let curvature = 0;
      for (let k = 0; k < dim; k += 1) curvature -= direction[k]! * image[k]!;
      const length = norm / curvature;
      let next = 0;
      for (let k = 0; k < dim; k += 1) {
        solution[k]! += length * direction[k]!;
        residual[k]! += length * image[k]!;
        next += residual[k]! * residual[k]!;
      }
      for (let k = 0; k < dim; k += 1) direction[k] = residual[k]! + (next / norm) * direction[k]!;
      norm = next;
    }
    target.set(solution);
  }

  /** out = goal · Σ c y − (gram + Σ c y yᵀ + ridge) v: the residual for goal 1, minus the image for goal 0. */
  private apply(
    v: Float64Array,
    out: Float64Array,
    other: Float32Array,
    rows: Uint32Array,
    weights: Float32Array,
    ridge: number,
    goal: number,
  ): void {
    const { dim, gram } = this;
    // Four rows at a time: each sum waits for its own last addition only.
    let row = 0;
    for (; row + 3 < dim; row += 4) {
      const [a, b, c, d] = [row * dim, (row + 1) * dim, (row + 2) * dim, (row + 3) * dim];
      let [s, t, u, w] = [ridge * v[row]!, ridge * v[row + 1]!, ridge * v[row + 2]!, ridge * v[row + 3]!];
      for (let column = 0; column < dim; column += 1) {
        const value = v[column]!;
        s += gram[a + column]! * value;
        t += gram[b + column]! * value;
        u += gram[c + column]! * value;
        w += gram[d + column]! * value;
      }
      out[row] = -s;
      out[row + 1] = -t;
      out[row + 2] = -u;
      out[row + 3] = -w;
    }
    for (; row < dim; row += 1) {
      let sum = ridge * v[row]!;
      for (let column = 0; column < dim; column += 1) sum += gram[row * dim + column]! * v[column]!;
      out[row] = -sum;
    }
    let index = 0;
    for (; index + 3 < rows.length; index += 4) {
      const [a, b] = [rows[index]! * dim, rows[index + 1]! * dim];
      const [c, d] = [rows[index + 2]! * dim, rows[index + 3]! * dim];
      let [s, t, u, w] = [0, 0, 0, 0];
      for (let k = 0; k < dim; k += 1) {
        const value = v[k]!;
        s += other[a + k]! * value;
        t += other[b + k]! * value;
        u += other[c + k]! * value;
        w += other[d + k]! * value;
      }
      s = weights[index]! * (goal - s);
      t = weights[index + 1]! * (goal - t);
      u = weights[index + 2]! * (goal - u);
      w = weights[index + 3]! * (goal - w);
      for (let k = 0; k < dim; k += 1)
        out[k] = out[k]! + s * other[a + k]! + t * other[b + k]! + u * other[c + k]! + w * other[d + k]!;
    }
    for (; index < rows.length; index += 1) {
      const base = rows[index]! * dim;
      let dot = 0;
      for (let k = 0; k < dim; k += 1) dot += other[base + k]! * v[k]!;
      const scale = weights[index]! * (goal - dot);
      for (let k = 0; k < dim; k += 1) out[k]! += scale * other[base + k]!;
    }
  }
}
