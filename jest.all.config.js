/** `npm run test:all`: the projects of jest.config.js, where tests go as far as they can (test/all.ts). */
process.env.TFJS_TEST_ALL = '1';
module.exports = require('./jest.config.js');
