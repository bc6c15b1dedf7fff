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
    for (let row = 0; row < dim; row += 1) {
      let sum = ridge * v[row]!;
      const offset = row * dim;
      for (let column = 0; column < dim; column += 1) sum += gram[offset + column]! * v[column]!;
      out[row] = -sum;
    }
    for (let index = 0; index < rows.length; index += 1) {
      const base = rows[index]! * dim;
      let dot = 0;
      for (let k = 0; k < dim; k += 1) dot += other[base + k]! * v[k]!;
      const scale = weights[index]! * (goal - dot);
      for (let k = 0; k < dim; k += 1) out[k]! += scale * other[base + k]!;
    }
  }
}
