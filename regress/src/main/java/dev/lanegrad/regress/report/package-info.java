/// The report: one page of HTML that needs no network, from the files of runs and of the kernels'
/// table.
package dev.lanegrad.regress.report;
