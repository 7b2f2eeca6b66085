/** Registers every host and stateful kernel. */
import './constants';
import './elementwise';
import './identity';
import './matmul';
import './shape';
import './training';
import './variables';
