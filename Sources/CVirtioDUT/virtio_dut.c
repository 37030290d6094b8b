#include "virtio_dut.h"

_Static_assert(sizeof(struct virtio_dut_wish) == 32, "no padding, so that other languages can declare it alike");
_Static_assert(sizeof(struct virtio_dut_profile) == 184, "likewise");
