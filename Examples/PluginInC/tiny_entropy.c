/*
 * The smallest entropy device (section 5.4 of the VIRTIO specification) that is one, as a shared library: registers as of
 * Version 2, one split virtqueue, every request answered at once. It lets go of a ring or chain that is broken, and says so
 * with DEVICE_NEEDS_RESET.
 */
#include <stdlib.h>
#include <string.h>

#include "virtio_dut.h"

enum { MAX_QUEUE_SIZE = 64, VENDOR_ID = 0x7974696e };
enum { DRIVER_OK = 4, FEATURES_OK = 8, NEEDS_RESET = 64 };
enum { USED_BUFFER = 1, CONFIG_CHANGE = 2 };
enum { NEXT = 1, WRITE = 2 };

struct queue {
  uint32_t size, ready;
  uint64_t descriptors, available, used;
  uint16_t next_available, next_used;
};

struct tiny {
  const struct virtio_dut_host *host;
  uint32_t status, interrupt_status;
  uint32_t device_features_sel, driver_features_sel, queue_sel;
  uint64_t driver_features, seed;
  /* A feature word other than the first two was written, and not with 0. */
  uint32_t wants_unknown;
  struct queue queue;
};

static void reset(struct tiny *tiny) {
  const struct virtio_dut_host *host = tiny->host;
  memset(tiny, 0, sizeof *tiny);
  tiny->host = host;
  tiny->seed = 1;
}

static void *create(const char *configuration, const struct virtio_dut_host *host, const char **error) {
  if (configuration[0] != '\0') {
    *error = "this device has nothing to configure";
    return NULL;
  }
  struct tiny *tiny = malloc(sizeof *tiny);
  if (tiny == NULL) return NULL;
  tiny->host = host;
  reset(tiny);
  return tiny;
}

static void power_on(void *device, const struct virtio_dut_wish *wish, struct virtio_dut_profile *profile) {
  /* Whatever a program wishes for, it gets this device. */
  (void)wish;
  reset(device);
  profile->device_id = 4;
  profile->vendor_id = VENDOR_ID;
  profile->version = 2;
  profile->queue_count = 1;
  profile->queue_num_max = MAX_QUEUE_SIZE;
  /* VIRTIO_F_VERSION_1. */
  profile->features[0] = 1ull << 32;
}

static int is_running(const struct tiny *tiny) { return (tiny->status & (DRIVER_OK | NEEDS_RESET)) == DRIVER_OK; }

static void raise(struct tiny *tiny, uint32_t event) {
  const uint32_t before = tiny->interrupt_status;
  tiny->interrupt_status |= event;
  if (before == 0) tiny->host->set_interrupt(tiny->host->context, 1);
}

static void acknowledge(struct tiny *tiny, uint32_t events) {
  const uint32_t before = tiny->interrupt_status;
  tiny->interrupt_status &= ~events;
  if (before != 0 && tiny->interrupt_status == 0) tiny->host->set_interrupt(tiny->host->context, 0);
}

/* Numbers in guest memory are little-endian, and so is this machine. */
static int load(struct tiny *tiny, uint64_t address, void *number, size_t size) {
  return tiny->host->read(tiny->host->context, address, number, size);
}

static int store(struct tiny *tiny, uint64_t address, const void *number, size_t size) {
  return tiny->host->write(tiny->host->context, address, number, size);
}

struct descriptor {
  uint64_t address;
  uint32_t length;
  uint16_t flags, next;
};

/* Puts random bytes into the buffers of a chain. False where it is broken. */
static int fill(struct tiny *tiny, uint32_t index, uint32_t *total) {
  const struct queue *queue = &tiny->queue;
  *total = 0;
  for (uint32_t count = 0; count < queue->size; count++) {
    struct descriptor descriptor;
    if (index >= queue->size) return 0;
    if (!load(tiny, queue->descriptors + 16ull * index, &descriptor, sizeof descriptor)) return 0;
    if (descriptor.flags & WRITE) {
      uint8_t bytes[256];
      for (uint64_t done = 0; done < descriptor.length;) {
        uint64_t part = descriptor.length - done;
        if (part > sizeof bytes) part = sizeof bytes;
        for (uint64_t place = 0; place < part; place++) {
          tiny->seed = tiny->seed * 6364136223846793005ull + 1442695040888963407ull;
          bytes[place] = (uint8_t)(tiny->seed >> 56);
        }
        if (!store(tiny, descriptor.address + done, bytes, part)) return 0;
        done += part;
      }
      *total += descriptor.length;
    }
    if (!(descriptor.flags & NEXT)) return 1;
    index = descriptor.next;
  }
  /* A loop, or a chain that is longer than the table. */
  return 0;
}

/* Serves one chain: 1, 0 where there is none, or -1 where the ring or the chain is broken. */
static int serve_next(struct tiny *tiny) {
  struct queue *queue = &tiny->queue;
  const uint32_t mask = queue->size - 1;
  uint16_t index, head, flags;
  if (!load(tiny, queue->available + 2, &index, sizeof index)) return -1;
  if (index == queue->next_available) return 0;
  if ((uint16_t)(index - queue->next_available) > queue->size) return -1;
  if (!load(tiny, queue->available + 4 + 2ull * (queue->next_available & mask), &head, sizeof head)) return -1;
  queue->next_available++;
  uint32_t element[2] = {head, 0};
  if (!fill(tiny, head, &element[1])) return -1;
  if (!store(tiny, queue->used + 4 + 8ull * (queue->next_used & mask), element, sizeof element)) return -1;
  queue->next_used++;
  if (!store(tiny, queue->used + 2, &queue->next_used, sizeof queue->next_used)) return -1;
  if (!load(tiny, queue->available, &flags, sizeof flags)) return -1;
  if (!(flags & 1)) raise(tiny, USED_BUFFER);
  return 1;
}

static void serve(struct tiny *tiny) {
  const struct queue *queue = &tiny->queue;
  if (!is_running(tiny) || !queue->ready) return;
  int served = -1;
  if (queue->size > 0 && queue->size <= MAX_QUEUE_SIZE && (queue->size & (queue->size - 1)) == 0) {
    do served = serve_next(tiny);
    while (served > 0);
  }
  if (served < 0) {
    tiny->status |= NEEDS_RESET;
    raise(tiny, CONFIG_CHANGE);
  }
}

static uint64_t read_register(void *device, uint32_t offset, uint32_t width) {
  const struct tiny *tiny = device;
  if (width != 4) return 0;
  switch (offset) {
    case 0x000: return 0x74726976;
    case 0x004: return 2;
    case 0x008: return 4;
    case 0x00c: return VENDOR_ID;
    case 0x010: return tiny->device_features_sel == 1 ? 1 : 0;
    case 0x034: return tiny->queue_sel == 0 ? MAX_QUEUE_SIZE : 0;
    case 0x044: return tiny->queue_sel == 0 ? tiny->queue.ready : 0;
    case 0x060: return tiny->interrupt_status;
    case 0x070: return tiny->status;
    /* There is no shared memory: SHMLen and SHMBase. */
    case 0x0b0: case 0x0b4: case 0x0b8: case 0x0bc: return 0xffffffff;
    default: return 0;
  }
}

static void set_low(uint64_t *address, uint32_t value) { *address = (*address & ~0xffffffffull) | value; }
static void set_high(uint64_t *address, uint32_t value) { *address = (*address & 0xffffffffull) | (uint64_t)value << 32; }

static void write_driver_features(struct tiny *tiny, uint32_t value) {
  if (tiny->status & FEATURES_OK) return;
  switch (tiny->driver_features_sel) {
    case 0: set_low(&tiny->driver_features, value); break;
    case 1: set_high(&tiny->driver_features, value); break;
    case 2: case 3: tiny->wants_unknown = value != 0; break;
    default: break;
  }
}

static void write_status(struct tiny *tiny, uint32_t value) {
  if (value == 0) {
    const uint32_t had = tiny->interrupt_status;
    reset(tiny);
    if (had) tiny->host->set_interrupt(tiny->host->context, 0);
    return;
  }
  const int was_running = is_running(tiny);
  /* Whatever the driver writes, what needs a reset needs one. */
  tiny->status |= value & ~(uint32_t)NEEDS_RESET;
  if (tiny->driver_features != 1ull << 32 || tiny->wants_unknown) tiny->status &= ~(uint32_t)FEATURES_OK;
  if (is_running(tiny) && !was_running) serve(tiny);
}

/* A queue's registers, which are not to be written while it is in use. */
static void write_queue(struct queue *queue, uint32_t offset, uint32_t value) {
  if (queue->ready) return;
  switch (offset) {
    case 0x038: queue->size = value; break;
    case 0x080: set_low(&queue->descriptors, value); break;
    case 0x084: set_high(&queue->descriptors, value); break;
    case 0x090: set_low(&queue->available, value); break;
    case 0x094: set_high(&queue->available, value); break;
    case 0x0a0: set_low(&queue->used, value); break;
    case 0x0a4: set_high(&queue->used, value); break;
    default: break;
  }
}

static void write_register(void *device, uint32_t offset, uint32_t width, uint64_t wide) {
  struct tiny *tiny = device;
  const uint32_t value = (uint32_t)wide;
  if (width != 4) return;
  switch (offset) {
    case 0x014: tiny->device_features_sel = value; break;
    case 0x020: write_driver_features(tiny, value); break;
    case 0x024: tiny->driver_features_sel = value; break;
    case 0x030: tiny->queue_sel = value; break;
    case 0x044:
      if (tiny->queue_sel != 0) break;
      if (value & 1) tiny->queue.ready = 1;
      else memset(&tiny->queue, 0, sizeof tiny->queue);
      break;
    case 0x050: if (value == 0) serve(tiny); break;
    case 0x064: acknowledge(tiny, value); break;
    case 0x070: write_status(tiny, value); break;
    default: if (tiny->queue_sel == 0) write_queue(&tiny->queue, offset, value);
  }
}

const struct virtio_dut *virtio_dut(uint32_t version) {
  static const struct virtio_dut functions = {
    .version = VIRTIO_DUT_VERSION,
    .create = create,
    .destroy = free,
    .power_on = power_on,
    .read = read_register,
    .write = write_register,
  };
  return version == VIRTIO_DUT_VERSION ? &functions : NULL;
}
