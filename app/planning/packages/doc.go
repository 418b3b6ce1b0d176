// Package packages sets the packages of a Zalo account side by side for a plan.
package packages
