// Processor time, in seconds: of a process, of this one, of the whole machine.
#pragma once

struct cpu {
  double user;
  double system;
};

// Both 0 if there is no such process any more.
struct cpu cpu_of_process(int pid);
struct cpu cpu_of_this_process(void);
// Busy time of all processors together, and what a hypervisor took away from them.
void cpu_of_machine(double *busy, double *stolen);
