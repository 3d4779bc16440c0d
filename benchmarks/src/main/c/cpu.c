#include "cpu.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static double ticks_per_second(void) {
  return (double) sysconf(_SC_CLK_TCK);
}

struct cpu cpu_of_process(int pid) {
  struct cpu cpu = {0, 0};
  char path[64], text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  FILE *file = fopen(path, "r");
  if (!file) return cpu;
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[length] = 0;
  // The program's name, which may hold anything, ends at the last bracket; the times are fields 14 and 15.
  const char *rest = strrchr(text, ')');
  unsigned long user, system;
  if (rest && sscanf(rest + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) == 2) {
    cpu.user = (double) user / ticks_per_second();
    cpu.system = (double) system / ticks_per_second();
  }
  return cpu;
}

struct cpu cpu_of_this_process(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  struct cpu cpu = {
      (double) usage.ru_utime.tv_sec + (double) usage.ru_utime.tv_usec / 1e6,
      (double) usage.ru_stime.tv_sec + (double) usage.ru_stime.tv_usec / 1e6};
  return cpu;
}

void cpu_of_machine(double *busy, double *stolen) {
  *busy = *stolen = 0;
  FILE *file = fopen("/proc/stat", "r");
  if (!file) return;
  unsigned long user, nice, system, idle, iowait, irq, softirq, steal;
  if (fscanf(file, "cpu %lu %lu %lu %lu %lu %lu %lu %lu", &user, &nice, &system, &idle, &iowait, &irq, &softirq, &steal)
      == 8) {
    *busy = (double) (user + nice + system + irq + softirq) / ticks_per_second();
    *stolen = (double) steal / ticks_per_second();
  }
  fclose(file);
}
