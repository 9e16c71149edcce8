/*
 * The least that a relay of UDP legs can do, as the measure for ours: one socket a leg, epoll, recvmmsg, sendmmsg.
 * Legs 2i and 2i+1 are a pair: what comes in on one leaves by the other, to where that one's packets come from.
 * Prints its ports, then runs until its standard input ends. Usage: relay LEGS
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { AT_ONCE = 32, EVENTS = 128, ROOM = 2048 };

static struct mmsghdr messages[AT_ONCE];
static struct iovec vectors[AT_ONCE];
static struct sockaddr_in from[AT_ONCE];
static char rooms[AT_ONCE][ROOM];

static void relay(const int *fds, struct sockaddr_in *peers, int leg)
{
    int other = leg ^ 1;
    for (int i = 0; i < AT_ONCE; i++) {
        messages[i].msg_hdr.msg_namelen = sizeof from[i];
        messages[i].msg_hdr.msg_name = &from[i];
        vectors[i].iov_len = ROOM;
    }
    int count = recvmmsg(fds[leg], messages, AT_ONCE, MSG_DONTWAIT, NULL);
    if (count <= 0) return;
    peers[leg] = from[0];
    if (peers[other].sin_port == 0) return;
    for (int i = 0; i < count; i++) {
        vectors[i].iov_len = messages[i].msg_len;
        messages[i].msg_hdr.msg_name = &peers[other];
    }
    sendmmsg(fds[other], messages, count, MSG_DONTWAIT);
}

int main(int argc, char **argv)
{
    int legs = argc > 1 ? atoi(argv[1]) : 2;
    int *fds = calloc(legs, sizeof *fds);
    struct sockaddr_in *peers = calloc(legs, sizeof *peers);
    int poll = epoll_create1(0);
    for (int i = 0; i < AT_ONCE; i++) {
        vectors[i].iov_base = rooms[i];
        messages[i].msg_hdr.msg_iov = &vectors[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    for (int i = 0; i < legs; i++) {
        struct sockaddr_in any = { .sin_family = AF_INET };
        socklen_t length = sizeof any;
        struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };
        fds[i] = socket(AF_INET, SOCK_DGRAM, 0);
        if (fds[i] < 0 || bind(fds[i], (struct sockaddr *)&any, sizeof any) < 0) { perror("bind"); return 1; }
        getsockname(fds[i], (struct sockaddr *)&any, &length);
        epoll_ctl(poll, EPOLL_CTL_ADD, fds[i], &event);
        printf("%d ", ntohs(any.sin_port));
    }
    printf("\n");
    fflush(stdout);
    struct epoll_event quit = { .events = EPOLLIN, .data.u32 = legs }, events[EVENTS];
    epoll_ctl(poll, EPOLL_CTL_ADD, 0, &quit);
    for (;;) {
        int count = epoll_wait(poll, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            if ((int)events[i].data.u32 == legs) return 0;
            relay(fds, peers, events[i].data.u32);
        }
    }
}
