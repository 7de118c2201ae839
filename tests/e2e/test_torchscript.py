"""What libtorch is asked when a TorchScript network is trained on."""

import re
import shutil
import unittest

from program import ROOT, ProgramTest

EXPERIMENT = """edition 1

data cells = csv("cells.csv") {
  matching "p[0-9]+": numeric
  kind:               category target
}

source strided = torchscript("strided.pt") {
  input     image(4, 4, 1)
  normalise divide(255), mean(0.5), sd(0.25)
}

split cells {
  test 25%
}

model m = MODEL

evaluate m {
  metrics accuracy
}
"""


class Tests(ProgramTest):
    def setUp(self):
        super().setUp()
        if not self.has_networks():
            raise unittest.SkipTest("the module of networks is not built")
        shutil.copy(ROOT / "tests/unit/networks/data/strided.pt", self.folder)
        rows = [[str((row * 37 + i * 11) % 256) for i in range(16)] + ["ab"[row % 2]] for row in range(40)]
        names = [f"p{i}" for i in range(16)] + ["kind"]
        self.write("cells.csv", "\n".join(",".join(row) for row in [names, *rows]) + "\n")

    # oneDNN 2.6's kernels of AVX-512 for these write beyond their memory, which seldom shows: what can be seen is that they are not asked.
    def test_windows_of_one_place_are_trained_without_a_stride(self):
        self.write("m.mlp", EXPERIMENT.replace("MODEL", "fine_tune(strided, unfreeze: all, epochs: 1, stop_early: none)"))
        told = self.mlpc("run", "m.mlp", DNNL_VERBOSE="1").stdout
        asked = re.findall(r",convolution,[^,]*,backward_\w+,.*kh1sh(\d)dh0ph0_iw\d+ow\d+kw1sw(\d)dw0pw0", told)
        self.assertTrue(asked, "libtorch trains with oneDNN, which says what it is asked")
        self.assertEqual(set(asked), {("1", "1")})
