/** The inverses of the normal distribution and of the error function, after Cephes' ndtri. Double precision. */
import type { HostKernelRow, HostTable } from '../kernel';
import { type Fn1, unaryKernel } from './loops';

// From the largest power down.
const MIDDLE = [
  [
    -59.9633501014107895267, 98.0010754185999661536, -56.6762857469070293439, 13.9312609387279679503,
    -1.23916583867381258016,
  ],
  [
    1, 1.95448858338141759834, 4.67627912898881538453, 86.3602421390890590575, -225.462687854119370527,
    200.260212380060660359, -82.0372256168333339912, 15.9056225126211695515, -1.18331621121330003142,
  ],
];
// √(-2 log p) from 2 to 8
const NEAR = [
  [
    4.05544892305962419923, 31.5251094599893866154, 57.1628192246421288162, 44.08050738932008347,
    14.6849561928858024014, 2.18663306850790267539, -0.140256079171354495875, -0.0350424626827848203418,
    -0.000857456785154685413611,
  ],
  [
    1, 15.7799883256466749731, 45.3907635128879210584, 41.317203825467203044, 15.0425385692907503408,
    2.50464946208309415979, -0.142182922854787788574, -0.0380806407691578277194, -0.000933259480895457427372,
  ],
];
// beyond
const FAR = [
  [
    3.2377489177694603597, 6.91522889068984211695, 3.93881025292474443415, 1.33303460815807542389,
    0.201485389549179081538, 0.0123716634817820021358, 0.000301581553508235416007, 2.65806974686737550832e-6,
    6.2397453918498329373e-9,
  ],
  [
    1, 6.02427039364742014255, 3.67983563856160859403, 1.37702099489081330271, 0.21623699359449663589,
    0.0134204006088543189037, 0.000328014464682127739104, 2.89247864745380683936e-6, 6.79019408009981274425e-9,
  ],
];
const EDGE = Math.exp(-2);

function ratio([above, below]: readonly (readonly number[])[], x: number): number {
  const value = (coefficients: readonly number[]): number => coefficients.reduce((sum, c) => sum * x + c, 0);
  return value(above) / value(below);
}
/** Where the distribution is 1/2 + `y`, for what is not far from the middle. */
function inMiddle(y: number): number {
  return Math.sqrt(2 * Math.PI) * (y + y * (y * y * ratio(MIDDLE, y * y)));
}
/** How far out what is left beyond is `p`, which is small. */
function farOut(p: number): number {
  if (p === 0) return Infinity;
  const x = Math.sqrt(-2 * Math.log(p));
  return x - Math.log(x) / x - ratio(x < 8 ? NEAR : FAR, 1 / x) / x;
}
const ndtri: Fn1 = (p) => {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p <= EDGE) return -farOut(p);
  return p > 1 - EDGE ? farOut(1 - p) : inMiddle(p - 0.5);
};
// TensorFlow takes √½·ndtri((x + 1) / 2), in which small x lose their digits.
const erfinv: Fn1 = (x) => {
  const left = (1 - Math.abs(x)) / 2;
  if (!(left >= 0)) return NaN;
  return Math.SQRT1_2 * (left > EDGE ? inMiddle(x / 2) : Math.sign(x) * farOut(left));
};
const inverse = (fn: Fn1): HostKernelRow => ({ run: unaryKernel(fn), cost: 40, only: true });

export const QUANTILES_KERNELS: HostTable = { Erfinv: inverse(erfinv), Ndtri: inverse(ndtri) };
