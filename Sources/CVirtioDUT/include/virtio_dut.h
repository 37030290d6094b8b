/*
 * A virtio-mmio device as a shared library: what it gives a harness, and what it gets.
 *
 * The library exports one function, `virtio_dut`. All calls come from one thread, one after the other, and a device acts
 * only inside them. Pointers that are handed over hold until the call returns, unless it says otherwise.
 */
#ifndef VIRTIO_DUT_H
#define VIRTIO_DUT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. A library answers with the version that it was made for. */
#define VIRTIO_DUT_VERSION 1u

/* One stretch of guest RAM. */
struct virtio_dut_region {
  uint64_t address;
  uint64_t size;
  void *bytes;
};

/* What a device is plugged into. It holds as long as the device does. Addresses are guest-physical. There is a guest only
 * while `read`, `write`, `poll` or `stimulate` goes on: in other functions all of these do nothing, and reads and writes fail,
 * but for `log` and `map`. */
struct virtio_dut_host {
  /* To be handed back with each call. */
  void *context;
  /* Reads, or writes, `size` bytes of guest memory. 0: they are not wholly RAM, and nothing was moved. */
  int (*read)(void *context, uint64_t address, void *bytes, size_t size);
  int (*write)(void *context, uint64_t address, const void *bytes, size_t size);
  /* Drives the interrupt line, 1 or 0. Called when the level changes. */
  void (*set_interrupt)(void *context, int level);
  /* Characters leave the console at a port; or a frame the network device from a pair of queues, behind the first ten bytes
   * of its struct virtio_net_hdr. Before the buffer that they were in is returned. */
  void (*emit)(void *context, uint32_t port, const void *bytes, size_t size);
  /* What a block device has for these sectors is now on persistent storage: see `tells_of_persistence`. */
  void (*persist)(void *context, uint64_t first_sector, uint64_t count);
  /* A line for a person, without a line feed. */
  void (*log)(void *context, const char *line);
  /* For a device that insists on memory of its own: all of guest RAM, as `*count` regions, which are there as long as the
   * device is. To be called in `create`, and then `read` and `write` never. What the device does there is told by what has
   * changed behind each call, so that the clauses about single accesses are not observable, and there are split virtqueues
   * only: it must not offer VIRTIO_F_RING_PACKED. Next to each region are pages that nobody can touch. NULL: there is no
   * memory left. */
  const struct virtio_dut_region *(*map)(void *context, size_t *count);
};

/* `flags` of a wish. */
enum {
  VIRTIO_DUT_READ_ONLY = 1,
  VIRTIO_DUT_LEGACY = 2,
  VIRTIO_DUT_NOTIFICATION_DATA = 4,
  VIRTIO_DUT_PLATFORM = 8,
  VIRTIO_DUT_PACKED = 16,
  VIRTIO_DUT_IN_ORDER = 32,
  VIRTIO_DUT_SHARED_MEMORY = 64,
  VIRTIO_DUT_PLACEHOLDER = 128,
};

/* What a program would like the device to be. */
struct virtio_dut_wish {
  /* DeviceID: 2 block, 4 entropy, 3 console, 1 network. */
  uint32_t device_id;
  /* How many queues a block device has, a console ports, or a network device pairs of queues. */
  uint32_t queue_count;
  uint32_t queue_num_max;
  uint32_t flags;
  /* Feature bits that the device must not offer. */
  uint64_t withheld_features;
  /* Of a block device, in sectors of 512 bytes. */
  uint64_t capacity;
};

/* What the device really is, from power-on to the end of a program. */
struct virtio_dut_profile {
  uint32_t device_id;
  uint32_t vendor_id;
  /* Version: 2, or 1 of the legacy interface. */
  uint32_t version;
  /* How many virtqueues there are, at most 8, and what QueueNumMax reads for them. */
  uint32_t queue_count;
  uint32_t queue_num_max;
  /* The bytes of the configuration space that there are, at most 128, and what is in them. */
  uint32_t config_size;
  uint8_t config[128];
  /* Feature bits 0 to 63, and 64 to 127. */
  uint64_t features[2];
  /* Not 0: it calls `persist` for every sector that it commits, before the request is returned that asks for it. */
  uint32_t tells_of_persistence;
  /* Where the specification leaves a device free. All 0 is the strict reading of it. Not 0: the interrupt is an edge. */
  uint32_t interrupt_is_edge;
  /* In how many polls a reset is over. */
  uint32_t reset_polls;
};

/* What happens outside the guest. */
enum virtio_dut_stimulus {
  /* The capacity of a block device becomes `value` sectors; the size of a console `value & 0xff` columns and
   * `value >> 8` rows. */
  VIRTIO_DUT_RESIZE = 1,
  /* How the backend behaves from now on: requests end in the notification (0), at the next poll (1), there and the last one
   * first (2), not before this changes (3), or at once, without success (4). */
  VIRTIO_DUT_BACKEND = 2,
  /* Of the port `value >> 8` of a console: it is added (0), removed (1), opened (2) or closed (3). */
  VIRTIO_DUT_PORT = 3,
  /* The link goes up (0), down (1), or the guest is to make itself known (2). */
  VIRTIO_DUT_LINK = 4,
};

/* The functions of a library. Those that may be NULL say so. */
struct virtio_dut {
  /* VIRTIO_DUT_VERSION. */
  uint32_t version;
  /* Makes a device, the only one of the process. NULL: there is none, and `*error` says why, for as long as the library is
   * there. */
  void *(*create)(const char *configuration, const struct virtio_dut_host *host, const char **error);
  /* Mostly, the process ends without. */
  void (*destroy)(void *device);
  /* Puts the device into its state at power-on, with nothing left of what it was before. Guest memory is zero. It fills in
   * the profile, which is all 0; one that is out of range for some wish is an error. */
  void (*power_on)(void *device, const struct virtio_dut_wish *wish, struct virtio_dut_profile *profile);
  /* An access of 1, 2, 4 or 8 bytes at `offset` from the device's base. What is in the upper bytes of a narrow one is not
   * looked at. */
  uint64_t (*read)(void *device, uint32_t offset, uint32_t width);
  void (*write)(void *device, uint32_t offset, uint32_t width, uint64_t value);
  /* The device may do what there is to do, up to so many requests. NULL: it has done everything before. */
  void (*poll)(void *device, uint32_t budget);
  /* NULL: nothing outside the guest concerns it. */
  void (*stimulate)(void *device, enum virtio_dut_stimulus stimulus, uint64_t value);
  /* Characters come in for a port, or a frame from a peer, behind the first ten bytes of its struct virtio_net_hdr. It only
   * takes note of them, and moves them in a poll. Returns how many bytes it takes, of a frame all. NULL: none. */
  size_t (*deliver)(void *device, uint32_t port, const void *bytes, size_t size);
};

/* What the library exports. NULL: it cannot work with this version. */
const struct virtio_dut *virtio_dut(uint32_t version);

#ifdef __cplusplus
}
#endif

#endif
