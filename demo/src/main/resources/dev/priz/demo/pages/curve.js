/** @typedef {{x: number, y: number}} Point */

/**
 * The path of a smooth curve through points of rising x. It never leaves the range of two
 * neighbours, so a plot shows no peak that was not measured: a cubic whose slope at a point is the
 * harmonic mean of the slopes beside it (Fritsch and Butland).
 * @param {Point[]} points
 */
export function smoothPath(points) {
  const slopes = slopesAt(points);
  let path = `M${at(points[0].x, points[0].y)}`;
  for (let i = 1; i < points.length; i++) {
    const from = points[i - 1];
    const to = points[i];
    const third = (to.x - from.x) / 3;
    path += `C${at(from.x + third, from.y + third * slopes[i - 1])} `
      + `${at(to.x - third, to.y - third * slopes[i])} ${at(to.x, to.y)}`;
  }
  return path;
}

/** @param {Point[]} points */
function slopesAt(points) {
  const steps = points.slice(1).map((to, i) => (to.y - points[i].y) / (to.x - points[i].x));
  return points.map((_, i) => {
    if (i === 0 || i === points.length - 1) return steps[Math.min(i, steps.length - 1)] ?? 0;
    const before = steps[i - 1];
    const after = steps[i];
    if (before * after <= 0) return 0;
    return (2 * before * after) / (before + after);
  });
}

/**
 * @param {number} x
 * @param {number} y
 */
function at(x, y) {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}
